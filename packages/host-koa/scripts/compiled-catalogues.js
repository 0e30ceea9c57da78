// Puts the texts of all folders in `locales` into the build, in the place of the module that reads them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const names = ['pages', 'errors', 'mails'];

/** @param {string} locales the folder with a folder for each language */
export function languagesIn(locales) {
  const entries = readdirSync(locales, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * For esbuild: the module `src/i18n/catalogues.ts` exports what the files hold.
 * @param {string} locales the folder with a folder for each language
 * @returns {import('esbuild').Plugin}
 */
export function compiledCatalogues(locales) {
  return {
    name: 'compiled-catalogues',
    setup(build) {
      build.onLoad({ filter: /\/i18n\/catalogues\.ts$/ }, () => {
        const languages = languagesIn(locales);
        const files = languages.flatMap((language) => names.map((name) => `${language}/${name}.json`));
        // From `resolveDir`: a source map holds this text, and is to name no folder of this machine.
        const imports = files.map(
          (file, index) => `import text${index} from ${JSON.stringify(`./${file}`)};`,
        );
        const entries = languages.map((language, row) => {
          const texts = names.map((name, column) => `${name}: text${row * names.length + column}`);
          return `${JSON.stringify(language)}: { ${texts.join(', ')} },`;
        });
        return {
          contents: `${imports.join('\n')}\nexport const catalogues = {\n${entries.join('\n')}\n};\n`,
          loader: 'js',
          resolveDir: locales,
          watchFiles: files.map((file) => join(locales, file)),
          watchDirs: [locales],
        };
      });
    },
  };
}
