/** Words of the import pages. */
export const imports = {
  title: "Import",
} as const;
