import { sendInPlace } from './in-place.ts';
import { focusOn } from './page-posts.ts';

/**
 * A post in a list that is deleted leaves in place, and the focus goes to its neighbour. The last one of a page,
 * and one that stands alone, go the usual way: something else has to be shown then.
 */
export function enhanceDeletion(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.delete === undefined) return;
    const post = form.closest<HTMLElement>('[data-list] > article');
    const neighbour = post?.nextElementSibling ?? post?.previousElementSibling;
    if (!post || !neighbour) return;
    event.preventDefault();
    if (event.submitter?.ariaBusy) return;
    void remove(post, form, event.submitter);
  });
}

async function remove(post: HTMLElement, form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
  if (pressed) pressed.ariaBusy = 'true';
  const gone = await sendInPlace(form);
  if (pressed) pressed.ariaBusy = null;
  if (!gone) return;
  // The neighbour of now: another may have been deleted meanwhile.
  focusOn((post.nextElementSibling ?? post.previousElementSibling) as HTMLElement | null);
  post.inert = true;
  post.classList.add('is-leaving');
  await Promise.allSettled(post.getAnimations().map(({ finished }) => finished));
  post.remove();
}
