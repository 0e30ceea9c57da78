/**
 * Makes pages nicer; all of them work without it. Each part looks for its own elements and does nothing
 * where there are none.
 */
import { enhanceComposer } from './composer.ts';
import { enhanceFlash, publishedJustNow } from './flash.ts';
import { guardForms } from './forms.ts';
import { enhancePopups } from './popups.ts';
import { enhanceTheme } from './theme.ts';
import { enhanceTimes } from './times.ts';

enhanceComposer(publishedJustNow());
enhanceFlash();
enhancePopups();
enhanceTheme();
enhanceTimes();
guardForms();
