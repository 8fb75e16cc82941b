/**
 * The part of a [Standard Schema](https://standardschema.dev) that is used here; zod, valibot, arktype and others make
 * such objects.
 */
export interface StandardSchema<Output> {
  /** What the standard puts here, so that it cannot collide with a library's own members. */
  readonly '~standard': {
    /** The version of the standard. */
    readonly version: 1;
    /** The library's name. */
    readonly vendor: string;
    /** Checks a value, and may transform it. */
    readonly validate: (
      value: unknown,
    ) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
    /** For the compiler only. */
    readonly types?:
      | {
          /** What goes in. */
          readonly input: unknown;
          /** What comes out. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** What a schema says of a value. */
export type StandardSchemaResult<Output> =
  | {
      /** The value as the schema gives it. */
      readonly value: Output;
      /** Absent: nothing is wrong. */
      readonly issues?: undefined;
    }
  | {
      /** What is wrong. */
      readonly issues: readonly StandardSchemaIssue[];
    };

/** One thing that is wrong with a value. */
export interface StandardSchemaIssue {
  /** What is wrong, in words. */
  readonly message: string;
  /** Where in the value. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** One step of it. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}
