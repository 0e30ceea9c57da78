import type { Host } from './http/host.ts';
import type { CompleteRouteTable, ListedRoute } from './http/routing/route-table.ts';
import { fileRoutes, operationRoutes, syndicationRoutes } from './open/index.ts';
import { pageRoutes } from './pages/index.ts';

/** The tables of routes. Each has its own position in the order of middleware. */
export interface Routes {
  readonly operations: CompleteRouteTable;
  readonly syndication: CompleteRouteTable;
  readonly files: CompleteRouteTable;
  readonly pages: CompleteRouteTable;
  /** Every route of the application as data. */
  readonly all: readonly ListedRoute[];
  /** The pattern that matches the path, for this method or another one. Null if none does. */
  patternOf(method: string, path: string): string | null;
}

export function routes(host: Host): Routes {
  const tables = {
    operations: operationRoutes(host.site, host.operations),
    syndication: syndicationRoutes(host),
    files: fileRoutes(host.site),
    pages: pageRoutes(host),
  };
  // Pages first: most requests are for them.
  const searched = [tables.pages, tables.files, tables.operations, tables.syndication];
  return {
    ...tables,
    all: Object.values(tables).flatMap((table) => table.routes),
    patternOf(method, path) {
      for (const table of searched) {
        const pattern = table.patternOf(method, path);
        if (pattern !== null) return pattern;
      }
      return null;
    },
  };
}
