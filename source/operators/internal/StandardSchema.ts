/**
 * The part of a [Standard Schema](https://standardschema.dev) that this library uses; zod, valibot, arktype and others
 * provide such schemas.
 */
export interface StandardSchema<Output> {
  /** The standard's members, separate from the library's own. */
  readonly '~standard': {
    /** The version of the standard. */
    readonly version: 1;
    /** The library's name. */
    readonly vendor: string;
    /** Checks a value, and may transform it. */
    readonly validate: (
      value: unknown,
    ) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
    /** Only for the compiler. */
    readonly types?:
      | {
          /** The type before validation. */
          readonly input: unknown;
          /** The type after validation. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** The result of validating a value. */
export type StandardSchemaResult<Output> =
  | {
      /** The value that the schema returns. */
      readonly value: Output;
      /** Absent: the value is valid. */
      readonly issues?: undefined;
    }
  | {
      /** The issues. */
      readonly issues: readonly StandardSchemaIssue[];
    };

/** One issue with a value. */
export interface StandardSchemaIssue {
  /** What is wrong, in words. */
  readonly message: string;
  /** The path to it in the value. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** One step of the path. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}
