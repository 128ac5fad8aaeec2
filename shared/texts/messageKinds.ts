/** What a text may hold. `otp`: the one-time code; `application_name`: what the user signs in to. Names of the original product. */
export const textVariables = ['otp', 'application_name'] as const;
export type TextVariable = (typeof textVariables)[number];

/** Which text is sent by which mode of text message (reference §5.3). */
export const messageKinds = ['one-way-otp', 'one-way-otp-pin', 'two-way-otp', 'two-way-otp-pin'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What the user reads where a code of an OATH token is asked for (reference §5.4). */
export const promptKinds = ['enter-code', 'enter-code-pin', 'wrong-code', 'code-used', 'next-code', 'no-token'] as const;
export type PromptKind = (typeof promptKinds)[number];

export interface TextRule {
  readonly required: readonly TextVariable[];
  readonly allowed: readonly TextVariable[];
  /** UTF-16 units. */
  readonly maxLength: number;
}

/** Without the code a text message is of no use. */
const messageRule: TextRule = { required: ['otp'], allowed: ['otp', 'application_name'], maxLength: 640 };
/** Only the token knows the code, so no prompt may promise to show it. */
const promptRule: TextRule = { required: [], allowed: ['application_name'], maxLength: 320 };

export const textRules = { textMessage: messageRule, oathToken: promptRule } as const;
