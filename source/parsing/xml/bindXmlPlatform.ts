import { platformBinding, type XmlPlatform } from './xmlPlatform.js';

/** Sets what {@link xmlPlatform} gives; called by entry files only. */
export function bindXmlPlatform(platform: XmlPlatform): void {
  platformBinding.platform = platform;
}
