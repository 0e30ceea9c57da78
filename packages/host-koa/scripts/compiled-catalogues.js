// Puts the texts of all folders in `locales` into the build. They replace the module that reads the files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFiles, visibleEntries } from '../src/i18n/catalogue-files.ts';

/** @param {string} locales the folder with a folder for each language */
export function languagesIn(locales) {
  return visibleEntries(locales).flatMap(({ name, isFolder }) => (isFolder ? [name] : []));
}

/**
 * A plugin for esbuild: the module `src/i18n/catalogues.ts` exports the content of the files.
 * @param {string} locales the folder with a folder for each language
 * @returns {import('esbuild').Plugin}
 */
export function compiledCatalogues(locales) {
  return {
    name: 'compiled-catalogues',
    setup(build) {
      build.onLoad({ filter: /\/i18n\/catalogues\.ts$/ }, () => {
        const texts = languagesIn(locales).flatMap((language) =>
          catalogueFiles(join(locales, language)).map((found) => ({ language, ...found })),
        );
        // Relative to `resolveDir`: a source map contains this text, and must not name a folder of this machine.
        const imports = texts.map(
          ({ language, file }, index) =>
            `import text${index} from ${JSON.stringify(`./${language}/${file}`)};`,
        );
        const entries = languagesIn(locales).map((language) => {
          const names = ['pages', 'errors', 'mails'].map((name) => {
            const parts = texts.map((text, index) =>
              text.language === language && text.catalogue === name ? `...text${index}` : [],
            );
            return `${name}: { ${parts.flat().join(', ')} }`;
          });
          return `${JSON.stringify(language)}: { ${names.join(', ')} },`;
        });
        const folders = texts.flatMap(({ language, catalogue }) => join(locales, language, catalogue));
        return {
          contents: `${imports.join('\n')}\nexport const catalogues = {\n${entries.join('\n')}\n};\n`,
          loader: 'js',
          resolveDir: locales,
          watchFiles: texts.map(({ language, file }) => join(locales, language, file)),
          watchDirs: [locales, ...new Set(folders)].filter((folder) => existsSync(folder)),
        };
      });
    },
  };
}
