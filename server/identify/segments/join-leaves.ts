import { type RawBuilder, sql } from "kysely";
import { type Leaf, oneRow, type OneRowTable, type Scope } from "./leaf.ts";

/** A filter whose opposites are carried down to the leaves, and whose groups hold no group of their own kind. */
export type Tree = { joins: "and" | "or"; parts: Tree[] } | Leaf;

/** One condition on the customer `c`, never null where it matters: null counts as false. */
export function treeInSql(scope: Scope, tree: Tree): RawBuilder<boolean> {
  if (!("joins" in tree)) return leafInSql(tree);
  const parts = merged(scope, tree.joins, tree.parts);
  const [only] = parts;
  if (!only) return tree.joins === "and" ? sql<boolean>`true` : sql<boolean>`false`;
  if (parts.length === 1) return treeInSql(scope, only);
  if (tree.joins === "or" && scope.among === undefined && !parts.every(isCheap)) return anyOf(scope, parts);
  const inSql = parts.map((part) => treeInSql(scope, part));
  return sql<boolean>`(${sql.join(inSql, tree.joins === "and" ? sql` and ` : sql` or `)})`;
}

function leafInSql({ holds, negated = false, nullable = false }: Leaf): RawBuilder<boolean> {
  if (!negated) return holds;
  return nullable ? sql<boolean>`(${holds}) is not true` : sql<boolean>`not ${holds}`;
}

/**
 * Conditions on the one row of a customer in a table become one, so that the table is read once. With "and" the row is
 * there, so its opposites can be asked of it too.
 */
function merged(scope: Scope, joins: "and" | "or", parts: readonly Tree[]): Tree[] {
  const tables: OneRowTable[] = ["standings", "engagement"];
  return tables.reduce<Tree[]>(
    (rest, table) => {
      const isOf = (part: Tree): part is Leaf & Required<Pick<Leaf, "row">> =>
        !("joins" in part) && part.row?.table === table;
      const positive = rest.filter(isOf).filter(({ negated }) => !negated);
      const negative = joins === "and" ? rest.filter(isOf).filter(({ negated }) => negated) : [];
      if (positive.length === 0 || positive.length + negative.length < 2) return rest;
      const wheres = [
        ...positive.map(({ row }) => row.where),
        ...negative.map(({ row }) => sql<boolean>`(${row.where}) is not true`),
      ];
      const one = oneRow(
        scope,
        table,
        sql<boolean>`${sql.join(wheres, joins === "and" ? sql` and ` : sql` or `)}`,
      );
      const taken = new Set<Tree>([...positive, ...negative]);
      return [one, ...rest.filter((part) => !taken.has(part))];
    },
    [...parts],
  );
}

/** Looked up for each customer with little work. */
function isCheap(tree: Tree): boolean {
  return "joins" in tree ? tree.parts.every(isCheap) : tree.isPlain === true || tree.row !== undefined;
}

/**
 * That one of several holds, where all customers are asked for: in the union of those of whom each does. As plain "or"s
 * PostgreSQL would look each customer up in each table, and count all rows anew for each.
 */
function anyOf(scope: Scope, parts: readonly Tree[]): RawBuilder<boolean> {
  const cheap = parts.filter(isCheap);
  const queries = parts.filter((part) => !isCheap(part)).map((part) => idsOf(scope, part));
  if (cheap.length > 0) queries.push(idsOf(scope, { joins: "or", parts: cheap }));
  return sql<boolean>`exists (select from (${sql.join(queries, sql` union all `)}) u (id) where u.id = c.id)`;
}

function idsOf(scope: Scope, tree: Tree): RawBuilder<unknown> {
  if (!("joins" in tree) && tree.ids && !tree.negated) return sql`(${tree.ids})`;
  return sql`(select c.id from customers c where c.workspace_id = ${scope.workspaceId}::uuid and ${treeInSql(scope, tree)})`;
}
