import type { MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { answerForm } from '../../http/forms/form-answer.ts';
import type { FormRoute } from '../../http/forms/form-route.ts';
import type { FlashCode, FlashMessages } from '../../http/sessions/flash.ts';
import type { Urls } from '../../site/urls.ts';
import type { Counts } from '../../views/counts.ts';

/** One half of a pair, such as follow. */
export interface ToggleStep<Result> {
  /** The last part of its path. */
  readonly name: string;
  /** The message about a change. Nothing is shown if nothing changed. */
  readonly flash: FlashCode;
  /** Runs the action. `changed` is true if the state was the other one before. */
  run(viewer: MemberAccount, ctx: HostContext): Promise<Result & { readonly changed: boolean }>;
}

/** A pair of actions of members that undo each other, such as follow and unfollow. */
export interface Toggle<Result> {
  /** The pattern of the object; the names of the steps are added to it. */
  readonly path: string;
  readonly act: ToggleStep<Result>;
  readonly undo: ToggleStep<Result>;
  /** The name in JSON of the state after the action: true after `act`, false after `undo`. */
  readonly state: string;
  /** The person whom the message names. Default: none. */
  nickname?(result: Result): string;
  /**
   * The counts that the action changed, for JSON. `step` is what to add to a count that was read before the action:
   * 1, -1, or 0 if nothing changed.
   */
  counts(result: Result, step: 1 | 0 | -1, viewer: MemberAccount, ctx: HostContext): Counts;
  /** The address that browsers are redirected to if the form names no page. */
  to(result: Result): string;
}

interface ToggleNeeds {
  readonly flash: FlashMessages;
  readonly urls: Urls;
}

/**
 * The form of one step. Browsers are redirected (303), and the next page shows the message. A script gets the message,
 * the state and the counts as JSON.
 */
export function toggleForm<Result>(
  { flash, urls }: ToggleNeeds,
  toggle: Toggle<Result>,
  half: 'act' | 'undo',
): FormRoute<MemberAccount> {
  const step = toggle[half];
  const isOn = half === 'act';
  return {
    async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
      const result = await step.run(viewer, ctx);
      const change = result.changed ? (isOn ? 1 : -1) : 0;
      const next = form.text('next');
      answerForm(flash, ctx, {
        flash: result.changed ? step.flash : null,
        nickname: toggle.nickname?.(result) ?? '',
        to: next === '' ? toggle.to(result) : urls.safeRedirect(next),
        data: { [toggle.state]: isOn, counts: toggle.counts(result, change, viewer, ctx) },
      });
    },
  };
}
