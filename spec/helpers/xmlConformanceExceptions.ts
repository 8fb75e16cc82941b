/** Each reason why tests of the W3C suite turn out otherwise, and their ids. */
const byReason: readonly (readonly [reason: string, ids: string])[] = [
  [
    'The document is well-formed, but not namespace-well-formed: a name begins or ends with a colon, has two, or has a prefix that is not declared.',
    `
      valid-sa-012 o-p04pass1 o-p05pass1 ibm-1-1-valid-P04-ibm04v01.xml ibm-1-1-valid-P05-ibm05v01.xml
      ibm-1-1-valid-P05-ibm05v02.xml ibm-1-1-valid-P05-ibm05v03.xml ibm-1-1-valid-P05-ibm05v05.xml
      x-ibm-1-0.5-valid-P04-ibm04v01.xml x-ibm-1-0.5-valid-P05-ibm05v01.xml
      x-ibm-1-0.5-valid-P05-ibm05v02.xml x-ibm-1-0.5-valid-P05-ibm05v03.xml
      x-ibm-1-0.5-valid-P05-ibm05v05.xml
    `,
  ],
  [
    'The document says ISO-8859-1, which the Encoding Standard reads as windows-1252: bytes 0x80 to 0x9F are other characters.',
    `
      rmt-e2e-50 rmt-010 rmt-011 rmt-022 rmt-023 rmt-026 rmt-027 rmt-030 rmt-031 rmt-040 rmt-041 rmt-046
      rmt-047
    `,
  ],
  [
    'The document is in another encoding than it declares; as in browsers, the byte order mark or the bytes that could be read win.',
    `
      rmt-e2e-61 hst-lhs-007 hst-lhs-008
    `,
  ],
  [
    'What is wrong is in an external subset, which is never loaded; an entity that only it declares is passed over.',
    `
      ibm-1-1-not-wf-P77-ibm77n01.xml ibm-1-1-not-wf-P77-ibm77n07.xml ibm-1-1-not-wf-P77-ibm77n08.xml
      ibm-1-1-not-wf-P77-ibm77n09.xml ibm-1-1-not-wf-P77-ibm77n13.xml ibm-1-1-not-wf-P77-ibm77n15.xml
      ibm-1-1-not-wf-P77-ibm77n19.xml ibm-1-1-not-wf-P77-ibm77n20.xml
    `,
  ],
  [
    'The canonical form lists a processing instruction of the DTD, which is here part of the doctype event.',
    `
      ibm-valid-P28-ibm28v02.xml ibm-valid-P29-ibm29v01.xml ibm-valid-P29-ibm29v02.xml
    `,
  ],
  [
    'What the suite wants hangs on an external subset or entity, and nothing external is ever loaded.',
    `
      not-wf-not-sa-001 not-wf-not-sa-003 not-wf-not-sa-004 not-wf-not-sa-006 not-wf-not-sa-007
      not-wf-not-sa-008 not-wf-not-sa-009 invalid-not-sa-022 valid-not-sa-003 valid-not-sa-004
      valid-not-sa-005 valid-not-sa-006 valid-not-sa-007 valid-not-sa-008 valid-not-sa-009
      valid-not-sa-011 valid-not-sa-012 valid-not-sa-013 valid-not-sa-014 valid-not-sa-015
      valid-not-sa-016 valid-not-sa-017 valid-not-sa-018 valid-not-sa-019 valid-not-sa-020
      valid-not-sa-021 valid-not-sa-023 valid-not-sa-024 valid-not-sa-025 valid-not-sa-026
      valid-not-sa-028 valid-not-sa-029 valid-not-sa-031 valid-ext-sa-001 valid-ext-sa-002
      valid-ext-sa-003 valid-ext-sa-004 valid-ext-sa-005 valid-ext-sa-006 valid-ext-sa-007
      valid-ext-sa-008 valid-ext-sa-009 valid-ext-sa-011 valid-ext-sa-012 valid-ext-sa-013
      valid-ext-sa-014 ext01 ext02 not-sa01 not-sa02 not-sa03 not-sa04 notation01 sa03 sa04 sa05 v-pe00
      cond01 cond02 decl01 dtd07 o-p09fail1 o-p09fail2 o-p30fail1 o-p31fail1 o-p61fail1 o-p62fail1
      o-p62fail2 o-p63fail1 o-p63fail2 o-p64fail1 o-p64fail2 ibm-invalid-P32-ibm32i01.xml
      ibm-invalid-P32-ibm32i03.xml ibm-not-wf-p28a-ibm28an01.xml ibm-not-wf-P30-ibm30n01.xml
      ibm-not-wf-P31-ibm31n01.xml ibm-not-wf-P61-ibm61n01.xml ibm-not-wf-P62-ibm62n01.xml
      ibm-not-wf-P62-ibm62n02.xml ibm-not-wf-P62-ibm62n03.xml ibm-not-wf-P62-ibm62n04.xml
      ibm-not-wf-P62-ibm62n05.xml ibm-not-wf-P62-ibm62n06.xml ibm-not-wf-P62-ibm62n07.xml
      ibm-not-wf-P62-ibm62n08.xml ibm-not-wf-P63-ibm63n01.xml ibm-not-wf-P63-ibm63n02.xml
      ibm-not-wf-P63-ibm63n03.xml ibm-not-wf-P63-ibm63n04.xml ibm-not-wf-P63-ibm63n05.xml
      ibm-not-wf-P63-ibm63n06.xml ibm-not-wf-P63-ibm63n07.xml ibm-not-wf-P64-ibm64n01.xml
      ibm-not-wf-P64-ibm64n02.xml ibm-not-wf-P64-ibm64n03.xml ibm-not-wf-P65-ibm65n01.xml
      ibm-not-wf-P65-ibm65n02.xml ibm-not-wf-P77-ibm77n03.xml ibm-not-wf-P77-ibm77n04.xml
      ibm-not-wf-P79-ibm79n01.xml ibm-not-wf-P79-ibm79n02.xml ibm-valid-P09-ibm09v03.xml
      ibm-valid-P09-ibm09v05.xml ibm-valid-P32-ibm32v01.xml ibm-valid-P32-ibm32v02.xml
      ibm-valid-P32-ibm32v03.xml ibm-valid-P32-ibm32v04.xml ibm-valid-P78-ibm78v01.xml
      ibm-1-1-not-wf-P77-ibm77n02.xml ibm-1-1-not-wf-P77-ibm77n03.xml ibm-1-1-not-wf-P77-ibm77n14.xml
      ibm-1-1-not-wf-P77-ibm77n21.xml ibm-1-1-valid-P03-ibm03v01.xml ibm-1-1-valid-P03-ibm03v02.xml
      ibm-1-1-valid-P03-ibm03v03.xml ibm-1-1-valid-P03-ibm03v04.xml ibm-1-1-valid-P77-ibm77v04.xml
      ibm-1-1-valid-P77-ibm77v05.xml ibm-1-1-valid-P77-ibm77v06.xml ibm-1-1-valid-P77-ibm77v10.xml
      ibm-1-1-valid-P77-ibm77v11.xml ibm-1-1-valid-P77-ibm77v12.xml ibm-1-1-valid-P77-ibm77v16.xml
      ibm-1-1-valid-P77-ibm77v17.xml ibm-1-1-valid-P77-ibm77v18.xml ibm-1-1-valid-P77-ibm77v22.xml
      ibm-1-1-valid-P77-ibm77v23.xml ibm-1-1-valid-P77-ibm77v24.xml ibm-1-1-valid-P77-ibm77v28.xml
      ibm-1-1-valid-P77-ibm77v29.xml ibm-1-1-valid-P77-ibm77v30.xml rmt-e2e-18 rmt-e2e-19 rmt-001 rmt-002
      rmt-006 invalid-bo-1 invalid-bo-2 invalid-bo-3 invalid-bo-4 invalid-bo-5 invalid-bo-6
    `,
  ],
];

/** The reason by the id of the test. */
export const xmlConformanceExceptions: ReadonlyMap<string, string> = new Map(
  byReason.flatMap(([reason, ids]) =>
    ids
      .trim()
      .split(/\s+/)
      .map((id) => [id, reason] as const),
  ),
);
