/** A platform's DOM. */
export interface DocumentPlatform {
  /** A new, empty XML document. */
  createDocument(): Document;
  /**
   * Whether an element is appended when it has ended, with all that is in it: for a DOM that goes through all ancestors of what
   * a node is appended to. @defaultValue false: when it starts
   */
  readonly appendsEnded?: boolean;
  /** What takes an element's children. @defaultValue the element */
  contentOf?(element: Element): Node;
}

/** What a platform gives to XML besides its parser. */
export interface XmlPlatform extends DocumentPlatform {
  /** What HTML's named character reference `&name;` stands for; `undefined` where HTML has none of this name. */
  htmlEntity(name: string): string | undefined;
}

/** What the entry file has bound. */
const platformBinding: { platform: XmlPlatform | undefined } = { platform: undefined };

/** The platform that the entry file has bound. */
export function xmlPlatform(): XmlPlatform {
  const { platform } = platformBinding;
  if (platform === undefined) throw new Error('no XML platform is bound: import from readystream/xml');
  return platform;
}

/** Sets what {@link xmlPlatform} gives; called by entry files only. */
export function bindXmlPlatform(platform: XmlPlatform): void {
  platformBinding.platform = platform;
}
