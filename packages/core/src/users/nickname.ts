import { z } from 'zod';
import { problem } from '../kernel/input.ts';

/** Characters, at most. */
export const MAX_NICKNAME_LENGTH = 64;

/** 1–64 Latin letters, digits, `.` and `_`. Not only dots: browsers resolve `/user/..` before the request. */
export const nicknameSchema = z
  .string()
  .transform((nickname) => nickname.trim())
  .superRefine((nickname, context) => {
    if (nickname === '') problem(context, 'required');
    else if (!/^[A-Za-z0-9._]*$/.test(nickname)) problem(context, 'nickname_characters');
    else if (nickname.length > MAX_NICKNAME_LENGTH)
      problem(context, 'too_long', { max: MAX_NICKNAME_LENGTH });
    else if (/^\.+$/.test(nickname)) problem(context, 'nickname_only_dots');
  });
