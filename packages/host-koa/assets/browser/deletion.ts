import { sendInPlace } from './in-place.ts';
import { focusOn } from './page-posts.ts';

/**
 * Removes a deleted post from its list without loading the page, and moves the focus to its neighbour. The only post
 * of a list or page is deleted by a normal form, because the page then shows something else.
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
  // Read again here: another post may have been deleted meanwhile.
  focusOn((post.nextElementSibling ?? post.previousElementSibling) as HTMLElement | null);
  post.inert = true;
  post.classList.add('is-leaving');
  await Promise.allSettled(post.getAnimations().map(({ finished }) => finished));
  post.remove();
}
