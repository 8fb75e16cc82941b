import fc from 'fast-check';

/** The same in every run, so that a failure comes again; `FC_SEED` sets another. */
const seed = Number(process.env['FC_SEED'] ?? 20_260_101);

/** Checks a property with the seed of this run, which is printed, and throws what fast-check says where it fails. */
export function checkProperty<Values>(
  t: { comment: (text: string) => void },
  property: fc.IProperty<Values>,
  parameters: Omit<fc.Parameters<Values>, 'seed'> = {},
): void {
  t.comment(`FC_SEED=${seed}`);
  fc.assert(property, { ...parameters, seed });
}
