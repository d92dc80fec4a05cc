// The part of mjml that is used; it ships no types.
declare module "mjml" {
  interface Options {
    validationLevel?: "strict" | "soft" | "skip";
    keepComments?: boolean;
    fonts?: Record<string, string>;
    minify?: boolean;
  }
  export default function mjml2html(
    mjml: string,
    options?: Options,
  ): Promise<{ html: string; errors: { formattedMessage: string }[] }>;
}
