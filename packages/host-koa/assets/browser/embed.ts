/**
 * `<microblog-timeline>` for pages of other sites. It fetches an embed, the small page of `/embed/…`, and shows its
 * card in a shadow root, in the fonts and colours of the surrounding page. At most 2 KB compressed.
 *
 * No code of the card runs: it is parsed outside the page, and only the elements, attributes and addresses listed
 * below are kept. This holds wherever the address of the embed leads.
 */

const ELEMENTS = /^(A|ARTICLE|BDI|BR|DIV|IMG|P|SPAN|STRONG|TIME)$/;
const ATTRIBUTES =
  /^(alt|aria-label|class|datetime|dir|height|href|lang|part|referrerpolicy|rel|role|src|title|width)$/;

/** Before a card is there: the element's own content, a placeholder if loading takes long, a message if it fails. */
const WAITING =
  ':host{display:block}:host([hidden]){display:none}i{display:block;height:9em;border-radius:.75em;background:currentcolor;opacity:.06;animation:w .2s .3s backwards}@keyframes w{0%{opacity:0}}p{margin:0;padding:1.5em 1em;border:1px solid #8886;border-radius:.75em;text-align:center}button{padding:.3em .8em;border:1px solid;border-radius:.5em;background:none;color:inherit;font:inherit;cursor:pointer}';

/** By language, inserted by the build: `embed.failed` and `embed.retry` of the catalogues. */
declare const EMBED_FAILURES: Readonly<Record<string, readonly string[]>>;

// `currentScript` is null in a module.
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="/embed.js"]');
const home = script?.src.split('/embed.js')[0] ?? '';

class MicroblogTimeline extends HTMLElement {
  static readonly observedAttributes = ['src', 'base', 'user', 'post', 'limit', 'lang'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #style = new CSSStyleSheet();
  #request = new AbortController();

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [this.#style];
    this.#style.replaceSync(WAITING);
    const slot = document.createElement('slot');
    slot.append(document.createElement('i'));
    this.#root.append(slot);
  }

  connectedCallback(): void {
    void this.#load();
  }

  disconnectedCallback(): void {
    this.#request.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) void this.#load();
  }

  /** The language of the element, of its nearest ancestor with one, or of the page. */
  get #language(): string {
    return this.closest<HTMLElement>('[lang]')?.lang ?? '';
  }

  get #address(): URL {
    const given = (name: string) => this.getAttribute(name) ?? '';
    const of = ['user', 'post'].find(given);
    const path = of ? `${of}/${encodeURIComponent(given(of))}` : 'timeline';
    const base = given('base').replace(/\/$/, '') || home;
    const url = new URL(given('src') || `${base}/embed/${path}`, document.baseURI);
    for (const [name, value] of [
      ['limit', given('limit')],
      ['lang', this.#language],
    ] as const) {
      if (value && !url.searchParams.has(name)) url.searchParams.set(name, value);
    }
    return url;
  }

  async #load(): Promise<void> {
    this.#request.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    this.ariaBusy = 'true';
    // Waits, so that several attributes changed at once make one request.
    await null;
    if (signal.aborted) return;
    try {
      const url = this.#address;
      const answer = await fetch(url, { signal, credentials: 'omit' });
      let style = '';
      // Taken out first: in a parsed document, the Content-Security-Policy of the surrounding page would block the
      // style.
      const html = (await answer.text()).replace(/<style>(.*?)<\/style>/s, (_, css) => {
        style = css;
        return '';
      });
      const card = new DOMParser().parseFromString(html, 'text/html').querySelector('.card');
      if (!card) throw new Error();
      clean(card, answer.url);
      this.#style.replaceSync(style);
      this.#end(card, answer.ok);
    } catch {
      if (!signal.aborted) this.#fail();
    }
  }

  /** If the element has content of its own, it is shown instead of the message. */
  #fail(): void {
    const asked = this.#language.toLowerCase().split('-')[0] ?? '';
    const failures = EMBED_FAILURES;
    const language = Object.hasOwn(failures, asked) ? asked : 'en';
    const [text = '', again = ''] = failures[language] ?? [];
    this.#style.replaceSync(WAITING);
    const note = document.createElement('p');
    const button = document.createElement('button');
    note.dir = 'auto';
    note.lang = language;
    note.role = 'status';
    button.textContent = again;
    button.onclick = () => this.#load();
    note.append(text, ' ', button);
    const hasOwn = this.childElementCount || this.textContent?.trim();
    this.#end(hasOwn ? document.createElement('slot') : note, false);
  }

  #end(content: Element, good: boolean): void {
    this.#root.replaceChildren(content);
    this.ariaBusy = null;
    this.dispatchEvent(new Event(good ? 'load' : 'error'));
  }
}

function clean(card: Element, address: string): void {
  for (const element of [card, ...card.querySelectorAll('*')]) {
    if (!ELEMENTS.test(element.tagName)) element.remove();
    for (const { name, value } of [...element.attributes]) {
      element.removeAttribute(name);
      if (!ATTRIBUTES.test(name)) continue;
      const leads = /^(href|src)$/.test(name);
      const text = leads ? (URL.parse(value, address)?.href ?? '') : value;
      if (!leads || /^https?:/.test(text)) element.setAttribute(name, text);
    }
  }
}

if (!customElements.get('microblog-timeline')) {
  customElements.define('microblog-timeline', MicroblogTimeline);
}
