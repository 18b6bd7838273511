// media-chrome writes <style> elements into its shadow roots, which `style-src 'self'` forbids. This esbuild plugin
// sends that markup through src/adopted-styles.ts, which turns the same rules into constructed style sheets.
// Each replacement is counted: a new version of the library that is written otherwise fails the build.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HELPER = resolve(dirname(fileURLToPath(import.meta.url)), 'src/adopted-styles.ts');

const REWRITES = [
  {
    from: 'this.shadowRoot.setHTMLUnsafe ? this.shadowRoot.setHTMLUnsafe(html) : this.shadowRoot.innerHTML = html;',
    to: 'adoptStyles(this.shadowRoot, html);',
  },
  {
    from: 'this.shadowRoot.innerHTML = this.constructor.getTemplateHTML(attrs);',
    to: 'adoptStyles(this.shadowRoot, this.constructor.getTemplateHTML(attrs));',
  },
  { from: 'styleParent.querySelectorAll("style:not([media])")', to: 'sheetsOf(styleParent)' },
  {
    from: 'const layoutRowStyle = this.shadowRoot.querySelector("#layout-row");',
    to: 'const layoutRowStyle = namedSheet(this.shadowRoot, "layout-row");',
  },
];

export function constructableStyles() {
  const used = new Set();
  const leftovers = [];
  return {
    name: 'constructable-styles',
    setup(build) {
      build.onResolve({ filter: /^web:adopted-styles$/ }, () => ({ path: HELPER }));
      build.onLoad({ filter: /node_modules[\\/]media-chrome[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const rewrite of REWRITES) {
          if (contents.includes(rewrite.from)) {
            used.add(rewrite);
            contents = contents.replaceAll(rewrite.from, rewrite.to);
          }
        }
        if (/shadowRoot\.(innerHTML|setHTMLUnsafe)\b/.test(contents)) leftovers.push(path);
        const helpers = `import { adoptStyles, sheetsOf, namedSheet } from 'web:adopted-styles';`;
        return { contents: `${helpers}\n${contents}`, loader: 'js' };
      });
      build.onEnd(() => {
        const unused = REWRITES.filter((rewrite) => !used.has(rewrite)).map((rewrite) => rewrite.from);
        const errors = [...unused, ...leftovers].map((text) => ({ text: `media-chrome is not written as expected: ${text}` }));
        return { errors };
      });
    },
  };
}
