import { z } from 'zod';
import type { Viewer } from '../accounts/viewer.ts';
import { MicroblogError } from '../kernel/errors.ts';
import { type PostId, parseId, type UserId } from '../kernel/ids.ts';
import { idSchema, parseInput } from '../kernel/input.ts';
import { canonicalLanguage, languageSchema } from '../kernel/language-tag.ts';
import { isBlank, normalizeText, withoutControls } from '../kernel/text.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import type { TranslatedText, Translator } from '../ports/translator.ts';
import type { Post } from '../posts/post.ts';
import type { Entry } from '../reading/entry.ts';
import { entryReader } from '../reading/entry-reader.ts';
import { mayRead, memberReaderOf, readerOf } from '../reading/may-read.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import type { Translation } from './translation.ts';
import { isTranslatable } from './translation-policy.ts';

/** Options of one translation. */
export interface TranslateOptions {
  /** The BCP 47 tag of the reader's language. */
  readonly to: string;
  /**
   * Called before the engine is asked, which costs time and perhaps money. Not called for a translation that is stored
   * or already in progress. Reject to refuse, for example after too many requests. Default: allows all.
   */
  beforeAsking?(): Promise<void>;
}

/** Translates posts into the reader's language. Only posts, by id: free text would open the engine to any text. */
export interface TranslationService {
  /** Whether a translator is configured. If not, hosts offer no translation. */
  readonly enabled: boolean;
  /**
   * The post in the language `to`: the stored translation, or a new one from the engine. Members only, because the
   * operator pays for the engine.
   * @throws {MicroblogError} `translation_off`, `sign_in_required`, `account_suspended`, `post_not_found`;
   * `invalid_input` for an invalid `to`; `translation_unneeded` for the post's own language; errors of
   * `Translator.translate` and of `beforeAsking`.
   */
  translate(viewer: Viewer, postId: string, options: TranslateOptions): Promise<Translation>;
  /**
   * The stored translation, for any viewer who may read the post. Null without one, and without a translator. If you
   * have read the entry already, pass it: then only the translation is read. The rule is checked in both cases, so an
   * entry that was read for another viewer is safe too.
   * @throws {MicroblogError} `invalid_input` for an invalid `language`.
   */
  kept(viewer: Viewer, post: PostId | Entry, language: string): Promise<Translation | null>;
}

export interface TranslationServiceNeeds {
  readonly storage: Storage;
  readonly translator: Translator;
  readonly clock: Clock;
  readonly present: UserPresenter;
}

const languageOptionSchema = z.object({ to: languageSchema });

const translateOptionsSchema = languageOptionSchema.extend({
  beforeAsking: z.custom<() => Promise<void>>((given) => typeof given === 'function').optional(),
});

/** The parts of an entry that the reading rule needs. Another person than the author can't stand in for the author. */
const readEntrySchema = z
  .object({
    post: z.object({ id: idSchema<PostId>(), authorId: idSchema<UserId>() }),
    author: z.object({ id: idSchema<UserId>(), suspended: z.boolean() }),
  })
  .refine(({ post, author }) => post.authorId === author.id);

/** At most so many UTF-16 code units are sent: below every engine's limit, and more than a post may have. */
const MAX_LENGTH = 20_000;

export function translationService(needs: TranslationServiceNeeds): TranslationService {
  const { storage, translator, clock } = needs;
  const reading = entryReader(needs);
  const inProgress = new Map<string, Promise<Translation>>();

  async function ask(post: Post, to: string): Promise<Translation> {
    if (post.body.length > MAX_LENGTH) {
      throw new MicroblogError('translation_unsupported', 'The post is too long to be translated.', {
        details: { maxLength: MAX_LENGTH },
      });
    }
    const answer = await translator.translate(post.body, { from: post.language, to });
    const translation: Translation = {
      postId: post.id,
      language: to,
      text: usableText(answer),
      from: post.language ?? (answer.from === null ? null : canonicalLanguage(answer.from)),
      translator: translator.name,
      createdAt: clock.now(),
    };
    await storage.translations.save(translation);
    return translation;
  }

  return {
    enabled: translator.enabled,

    async translate(viewer, id, options) {
      if (!translator.enabled) throw new MicroblogError('translation_off', 'There is no translator.');
      const reader = memberReaderOf(viewer);
      const { to, beforeAsking } = parseInput(translateOptionsSchema, options);
      const { post } = await reading.one(reader, parseId<PostId>(id), id);
      if (post.language !== null && !isTranslatable(post, to)) {
        throw new MicroblogError('translation_unneeded', `The post is in ${post.language} already.`);
      }
      const kept = await storage.translations.find(post.id, to);
      if (kept !== null) return kept;
      const key = `${post.id} ${to}`;
      const waiting = inProgress.get(key);
      if (waiting !== undefined) return waiting;
      await beforeAsking?.();
      // Another call may have begun while `beforeAsking` ran.
      const asked = inProgress.get(key) ?? ask(post, to).finally(() => inProgress.delete(key));
      inProgress.set(key, asked);
      return asked;
    },

    async kept(viewer, given, language) {
      const reader = readerOf(viewer);
      const { to } = parseInput(languageOptionSchema, { to: language });
      const entry = readEntrySchema.safeParse(given).data;
      const postId = entry === undefined ? parseId<PostId>(given) : entry.post.id;
      if (!translator.enabled || postId === null) return null;
      const [readable, kept] = await Promise.all([
        entry === undefined
          ? reading.byIds(reader, [postId]).then((found) => found.has(postId))
          : mayRead(reader, entry.author),
        storage.translations.find(postId, to),
      ]);
      return readable ? kept : null;
    },
  };
}

/** Engines are not trusted: their answer is cleaned as a post's text is. */
function usableText({ text }: TranslatedText): string {
  const usable = normalizeText(withoutControls(text));
  if (isBlank(usable) || usable.length > 4 * MAX_LENGTH) {
    throw new MicroblogError('translation_failed', 'The translator answered without a usable text.');
  }
  return usable;
}
