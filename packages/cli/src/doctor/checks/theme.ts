import { type Config, ConfigurationError, configuredTheme } from '@microblog/host-koa/composition';
import { describeError } from '../../describe-error.ts';
import { type Finding, fail, ok } from '../finding.ts';

/** Nothing where no theme is set. Templates are compiled at start, and told of there. */
export function checkTheme(site: Config['site']): Finding[] {
  if (site.themeDirectory === undefined) return [];
  try {
    configuredTheme(site);
    return [ok('theme', `The theme in ${site.themeDirectory} can be used.`)];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [
      fail('theme', describeError(error), 'Mend that file; docs/theming.md tells what a theme may hold.'),
    ];
  }
}
