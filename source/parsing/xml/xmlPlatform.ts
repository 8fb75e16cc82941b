/** What a platform gives to XML besides its parser. */
export interface XmlPlatform {
  /** A new, empty XML document. */
  createDocument(): Document;
  /** What HTML's named character reference `&name;` stands for; `undefined` where HTML has none of this name. */
  htmlEntity(name: string): string | undefined;
}

/** What the entry file has bound. */
export const platformBinding: { platform: XmlPlatform | undefined } = { platform: undefined };

/** The platform that the entry file has bound. */
export function xmlPlatform(): XmlPlatform {
  const { platform } = platformBinding;
  if (platform === undefined) throw new Error('no XML platform is bound: import from readystream/xml');
  return platform;
}
