/** The little we use of jstat, which ships no types. */
declare module "jstat" {
  const jstat: {
    normal: {
      cdf(x: number, mean: number, sd: number): number;
      inv(p: number, mean: number, sd: number): number;
    };
    studentt: {
      inv(p: number, df: number): number;
    };
  };
  export default jstat;
}
