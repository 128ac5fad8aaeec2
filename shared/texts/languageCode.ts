import { z } from 'zod';

/** A language as directories and phones spell it: `en`, `pt-BR` (RFC 5646, its plain part), at most 16 characters. */
export const languagePattern = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

export const languageCode = z.string().max(16).regex(languagePattern, 'is not a language code such as en or pt-BR');
