import type { MessageKind, PromptKind } from './messageKinds.ts';

export type MessageTexts = Readonly<Record<MessageKind, string>>;
export type PromptTexts = Readonly<Record<PromptKind, string>>;

/** The language whose texts stand in for those that a language lacks. */
export const fallbackLanguage = 'en';

/** What is sent where nobody wrote something else. Each fits into one SMS with a six-digit code and a short application name. */
const messages: Readonly<Record<string, MessageTexts>> = {
  en: {
    'one-way-otp': 'Your code for <$application_name$> is <$otp$>. Enter it where you sign in. Nobody will ever ask you for it.',
    'one-way-otp-pin': 'Your code for <$application_name$> is <$otp$>. Enter it, followed by your PIN, where you sign in.',
    'two-way-otp': 'Are you signing in to <$application_name$>? Reply with <$otp$> to confirm. If not, do not reply.',
    'two-way-otp-pin': 'Are you signing in to <$application_name$>? Reply with <$otp$> followed by your PIN. If not, do not reply.',
  },
  de: {
    'one-way-otp': 'Ihr Code für <$application_name$> lautet <$otp$>. Geben Sie ihn bei der Anmeldung ein und sonst niemandem.',
    'one-way-otp-pin': 'Ihr Code für <$application_name$> lautet <$otp$>. Geben Sie ihn und direkt danach Ihre PIN bei der Anmeldung ein.',
    'two-way-otp':
      'Melden Sie sich bei <$application_name$> an? Antworten Sie zur Bestätigung mit <$otp$>. Falls nicht, antworten Sie nicht.',
    'two-way-otp-pin':
      'Melden Sie sich bei <$application_name$> an? Antworten Sie mit <$otp$> und direkt danach Ihrer PIN. Falls nicht, antworten Sie nicht.',
  },
  fr: {
    'one-way-otp': "Votre code pour <$application_name$> est <$otp$>. Saisissez-le à l'écran de connexion et ne le communiquez à personne.",
    'one-way-otp-pin': "Votre code pour <$application_name$> est <$otp$>. Saisissez-le, suivi de votre code PIN, à l'écran de connexion.",
    'two-way-otp': 'Vous connectez-vous à <$application_name$> ? Répondez <$otp$> pour confirmer. Sinon, ne répondez pas.',
    'two-way-otp-pin': 'Vous connectez-vous à <$application_name$> ? Répondez <$otp$> suivi de votre code PIN. Sinon, ne répondez pas.',
  },
  es: {
    'one-way-otp': 'Su clave para <$application_name$> es <$otp$>. Escriba esta clave en la pantalla de acceso y no la comparta con nadie.',
    'one-way-otp-pin': 'Su clave para <$application_name$> es <$otp$>. Escriba esta clave, seguida de su PIN, en la pantalla de acceso.',
    'two-way-otp': '¿Quiere entrar en <$application_name$>? Responda con <$otp$> para confirmar. Si no es usted, no responda.',
    'two-way-otp-pin': '¿Quiere entrar en <$application_name$>? Responda con <$otp$> seguido de su PIN. Si no es usted, no responda.',
  },
};

const prompts: Readonly<Record<string, PromptTexts>> = {
  en: {
    'enter-code': 'Enter the code that your token shows.',
    'enter-code-pin': 'Enter the code that your token shows, followed by your PIN.',
    'wrong-code': 'This code is not right. Wait for the next code and enter it.',
    'code-used': 'This code has been used already. Wait for the next code and enter it.',
    'next-code': 'Wait until your token shows another code, then enter that one.',
    'no-token': 'No token is assigned to you. Ask your help desk.',
  },
  de: {
    'enter-code': 'Geben Sie den Code ein, den Ihr Token anzeigt.',
    'enter-code-pin': 'Geben Sie den Code ein, den Ihr Token anzeigt, und direkt danach Ihre PIN.',
    'wrong-code': 'Dieser Code ist nicht richtig. Warten Sie auf den nächsten Code und geben Sie ihn ein.',
    'code-used': 'Dieser Code wurde schon verwendet. Warten Sie auf den nächsten Code und geben Sie ihn ein.',
    'next-code': 'Warten Sie, bis Ihr Token einen anderen Code anzeigt, und geben Sie diesen ein.',
    'no-token': 'Ihnen ist kein Token zugewiesen. Wenden Sie sich an Ihren Helpdesk.',
  },
  fr: {
    'enter-code': 'Saisissez le code affiché par votre jeton.',
    'enter-code-pin': 'Saisissez le code affiché par votre jeton, suivi de votre code PIN.',
    'wrong-code': "Ce code n'est pas correct. Attendez le code suivant et saisissez-le.",
    'code-used': 'Ce code a déjà été utilisé. Attendez le code suivant et saisissez-le.',
    'next-code': 'Attendez que votre jeton affiche un autre code, puis saisissez-le.',
    'no-token': "Aucun jeton ne vous est attribué. Contactez votre service d'assistance.",
  },
  es: {
    'enter-code': 'Escriba el código que muestra su token.',
    'enter-code-pin': 'Escriba el código que muestra su token, seguido de su PIN.',
    'wrong-code': 'Este código no es correcto. Espere al siguiente código y escríbalo.',
    'code-used': 'Este código ya se ha utilizado. Espere al siguiente código y escríbalo.',
    'next-code': 'Espere a que su token muestre otro código y escríbalo.',
    'no-token': 'No tiene ningún token asignado. Póngase en contacto con su servicio de asistencia.',
  },
};

/** Languages that come with texts, in the order in which they are offered. */
export const shippedLanguages: readonly string[] = Object.keys(messages);

/** The shipped texts of a language, of its parent (`de-AT` → `de`), or else those in English. */
export function defaultMessages(language: string): MessageTexts {
  return nearest(messages, language);
}

export function defaultPrompts(language: string): PromptTexts {
  return nearest(prompts, language);
}

function nearest<T>(byLanguage: Readonly<Record<string, T>>, language: string): T {
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (Object.hasOwn(byLanguage, tag)) return byLanguage[tag] as T;
  }
  return byLanguage[fallbackLanguage] as T;
}
