/**
 * Progressive enhancement: every page works without these scripts. Each part looks for its own elements and does
 * nothing if there are none.
 */
import { enhanceComposer } from './composer.ts';
import { enhanceDeletion } from './deletion.ts';
import { enhanceFlash, publishedJustNow } from './flash.ts';
import { guardForms } from './forms.ts';
import { enhanceMore } from './load-more.ts';
import { enhanceNewPosts } from './new-posts.ts';
import { enhancePopups } from './popups.ts';
import { enhanceTheme } from './theme.ts';
import { enhanceTimes } from './times.ts';
import { enhanceToggles } from './toggle.ts';
import { enhanceTranslation } from './translate.ts';

enhanceComposer(publishedJustNow());
enhanceFlash();
enhancePopups();
enhanceTheme();
enhanceTimes();
enhanceDeletion();
enhanceToggles();
enhanceMore();
enhanceNewPosts();
enhanceTranslation();
// Last: the parts above send some forms themselves.
guardForms();
