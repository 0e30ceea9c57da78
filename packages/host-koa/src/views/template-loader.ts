import { readdirSync } from 'node:fs';
import nunjucks from 'nunjucks';

/** Under this name a template is ours, also where a host's own took its place. */
const OURS = 'microblog/';

/** Templates of a host's directory, then ours; `microblog/…` names ours alone. */
export function templateLoaders(ours: string, own: string | undefined): nunjucks.ILoader[] {
  return [
    new nunjucks.FileSystemLoader(own === undefined ? [ours] : [own, ours]),
    new OurTemplates(ours) as nunjucks.ILoader,
  ];
}

class OurTemplates extends nunjucks.FileSystemLoader {
  override getSource(name: string): nunjucks.LoaderSource {
    // Null, as the loader's own way to say that there is none; its type does not tell.
    if (!name.startsWith(OURS)) return null as unknown as nunjucks.LoaderSource;
    return super.getSource(name.slice(OURS.length));
  }
}

/**
 * Compiles every template of a host's directory, so that a mistake shows at start and not to a reader.
 * @throws {Error} for a directory that can't be read, and for the first template that can't be compiled.
 */
export function compileOwnTemplates(environment: nunjucks.Environment, directory: string): void {
  for (const name of templatesIn(directory)) {
    try {
      environment.getTemplate(name, true);
    } catch (error) {
      throw new Error(`views: ${name} is no template: ${messageOf(error)}`, { cause: error });
    }
  }
}

function templatesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.njk'))
      .map((name) => name.replaceAll('\\', '/'));
  } catch (error) {
    throw new Error(`views: ${directory} can't be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Nunjucks puts the place on a line of its own. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
