import { searchFindingCases } from './search-finding-cases.ts';
import { searchHostileCases } from './search-hostile-cases.ts';
import type { SearchIndexCapabilities, SearchIndexContractCase } from './search-index-case.ts';
import { searchKeepingCases } from './search-keeping-cases.ts';
import { searchPagingCases } from './search-paging-cases.ts';
import { searchScriptCases } from './search-script-cases.ts';

/**
 * The behaviours of every `SearchIndex`, one a case, plus those of the declared capabilities. In any test runner: `for
 * (const { name, run } of searchIndexContract({ kept: true })) it(name, () => run(openFreshIndex))`.
 */
export function searchIndexContract(
  capabilities: SearchIndexCapabilities = {},
): readonly SearchIndexContractCase[] {
  const all: readonly SearchIndexContractCase[] = [
    ...searchFindingCases,
    ...searchScriptCases,
    ...searchPagingCases,
    ...searchKeepingCases,
    ...searchHostileCases,
  ];
  return all.filter(({ needs }) => needs === undefined || capabilities[needs] === true);
}
