import { type Config, ConfigurationError, configuredTheme } from '@microblog/host-koa/composition';
import { describeError } from '../../describe-error.ts';
import { type Finding, fail, ok } from '../finding.ts';

/** No finding if no theme is set. Templates are compiled at the start, which reports their errors. */
export function checkTheme(site: Config['site']): Finding[] {
  if (site.themeDirectory === undefined) return [];
  try {
    configuredTheme(site);
    return [ok('theme', `The theme in ${site.themeDirectory} can be used.`)];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [
      fail('theme', describeError(error), 'Fix that file; docs/theming.md says what a theme may hold.'),
    ];
  }
}
