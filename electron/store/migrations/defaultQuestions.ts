/** Our own wording; answers to these do not stand in public profiles. The first four of a language are offered first. */
const defaultQuestions: Readonly<Record<string, readonly string[]>> = {
  en: [
    'What was the name of your first stuffed animal?',
    'In which street did your best friend live when you were ten?',
    'What was the first dish that you learned to cook?',
    'What was the first film that you saw in a cinema?',
    'Where did you spend your first holiday without your parents?',
    'What was the last name of your favourite teacher?',
  ],
  de: [
    'Wie hieß Ihr erstes Stofftier?',
    'In welcher Straße wohnte Ihr bester Freund oder Ihre beste Freundin, als Sie zehn waren?',
    'Welches Gericht haben Sie als erstes kochen gelernt?',
    'Welchen Film haben Sie als ersten im Kino gesehen?',
    'Wo waren Sie zum ersten Mal ohne Ihre Eltern im Urlaub?',
    'Wie hieß Ihr Lieblingslehrer oder Ihre Lieblingslehrerin mit Nachnamen?',
  ],
  fr: [
    'Comment s’appelait votre première peluche ?',
    'Dans quelle rue habitait votre meilleur ami ou votre meilleure amie quand vous aviez dix ans ?',
    'Quel est le premier plat que vous avez appris à cuisiner ?',
    'Quel est le premier film que vous avez vu au cinéma ?',
    'Où avez-vous passé vos premières vacances sans vos parents ?',
    'Quel était le nom de famille de votre professeur préféré ?',
  ],
  es: [
    '¿Cómo se llamaba su primer peluche?',
    '¿En qué calle vivía su mejor amigo o amiga cuando usted tenía diez años?',
    '¿Cuál fue el primer plato que aprendió a cocinar?',
    '¿Cuál fue la primera película que vio en el cine?',
    '¿Dónde pasó sus primeras vacaciones sin sus padres?',
    '¿Cuál era el apellido de su profesor o profesora favorita?',
  ],
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const rows = Object.entries(defaultQuestions)
  .flatMap(([language, texts]) => texts.map((text) => ({ language, text })))
  .map(({ language, text }, position) => `(${position}, ${quoted(language)}, ${quoted(text)})`);

/** Fills the catalogue of security questions once; what administrators remove does not come back. */
export const insertDefaultQuestions = `INSERT INTO security_questions (position, language, text) VALUES ${rows.join(',\n')};`;
