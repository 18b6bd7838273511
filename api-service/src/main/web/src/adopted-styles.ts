/** A style sheet of a shadow root, in the shape of a `<style>` element that media-chrome looks for. */
interface Sheet {
  readonly sheet: CSSStyleSheet;
  readonly name: string;
  readonly conditional: boolean;
  setAttribute(attribute: 'media', value: string): void;
}

const sheets = new WeakMap<ShadowRoot, Sheet[]>();

/** Puts markup into a shadow root with its `<style>` elements as constructed sheets, which a strict CSP allows. */
export function adoptStyles(root: ShadowRoot, html: string): void {
  const template = document.createElement('template');
  template.innerHTML = html;
  const found: Sheet[] = [];
  for (const style of template.content.querySelectorAll('style')) {
    const media = style.getAttribute('media');
    const sheet = new CSSStyleSheet(media === null ? {} : { media });
    sheet.replaceSync(style.textContent ?? '');
    style.remove();
    found.push({
      sheet,
      name: style.id,
      conditional: media !== null,
      setAttribute: (_attribute, value) => {
        sheet.media.mediaText = value;
      },
    });
  }
  // Declarative shadow roots would bring their own <style>; the elements build theirs here when they are made.
  for (const nested of template.content.querySelectorAll('template[shadowrootmode]')) nested.remove();
  sheets.set(root, found);
  root.adoptedStyleSheets = found.map((entry) => entry.sheet);
  root.replaceChildren(document.importNode(template.content, true));
}

/** The unconditional sheets of a shadow root, in order. */
export function sheetsOf(root: ShadowRoot): Sheet[] {
  return (sheets.get(root) ?? []).filter((entry) => !entry.conditional);
}

/** The sheet that was a `<style>` with this id. */
export function namedSheet(root: ShadowRoot, name: string): Sheet | undefined {
  return sheets.get(root)?.find((entry) => entry.name === name);
}
