/** A plain-object view of an element: see {@link XmlElement.toObject}. */
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

/** What a child element is in an {@link XmlObject}: its text, an object, or a list where the name comes again. */
export type XmlValue = string | XmlObject | readonly (string | XmlObject)[];

/** How {@link XmlElement.toObject} writes an element. */
export interface XmlObjectOptions {
  /** Names whose values are lists even where there is one: `['image', 'g:shipping']`. @defaultValue none */
  readonly arrays?: readonly string[];
}
