import type { Catalogue } from "../catalogue.ts";
import { type Declaration, isProvided, type ServerGroup } from "../declaration.ts";
import { counted, type Text, text } from "../text.ts";
import type { GroupAdvice, NoAdvice, SizingAdvice } from "./advice.ts";
import { adviseGroup } from "./advise-group.ts";
import { readMonth } from "./calendar-month.ts";
import { type GroupServers, isCovered, LEAST_COVERAGE, UsageByGroup } from "./group-usage.ts";
import { limitedPercentWords } from "./percent-words.ts";
import type { ServerUsage, UsageMonth } from "./usage.ts";

/** What a month's use says of every declared server group; what there is no advice for is listed with its reason, and nothing is passed over. */
export function adviseMonth(catalogue: Catalogue, declarations: readonly Declaration[], usage: UsageMonth): SizingAdvice {
  const month = readMonth(usage.month);
  const byGroup = new UsageByGroup(usage);
  const groups: GroupAdvice[] = [];
  const leftOut: NoAdvice[] = usage.leftOut.map(({ system, server, index, reason }) => ({ system, server, index, reason }));
  // What the reader told of a server is the better reason.
  const told = new Set(leftOut.map(({ system, server, index }) => serverKey(system, server, index)));
  for (const declaration of declarations.filter(isProvided)) {
    const pool = catalogue.pools.get(declaration.pool);
    if (pool === undefined) throw new Error(`Cannot size ${declaration.id}: readers let no pool ${declaration.pool} pass`);
    for (const group of declaration.servers) {
      const servers = byGroup.of(declaration.id, group.key).filter(({ index }) => index <= group.count);
      const advice = adviseGroup(declaration, group, servers, { rules: catalogue.resourceUsage, pool, month });
      const isMute = [advice.cpu, advice.memory, advice.disk].every(({ left }) => left?.kind === "not-measured");
      if (!isMute) groups.push(advice);
      const single = singleServers(declaration, group, servers).filter(
        (each) => !told.has(serverKey(each.system, each.server, each.index)),
      );
      const isTold = group.count === 1 && told.has(serverKey(declaration.id, group.key, 1));
      if (!isMute) leftOut.push(...single);
      else if (!isTold) leftOut.push(wholeGroup(declaration, group, servers));
    }
  }
  return { month, groups, leftOut: [...leftOut, ...notDeclared(declarations, byGroup)] };
}

function serverKey(system: string, server: string, index: number | null): string {
  return `${system} ${server} ${index}`;
}

/** One line where nothing can be said of any server of a group. */
function wholeGroup({ id }: Declaration, { key, count }: ServerGroup, servers: GroupServers): NoAdvice {
  return { system: id, server: key, index: null, reason: whyMute(count, servers) };
}

function whyMute(count: number, servers: GroupServers): Text {
  const [first] = servers;
  if (first === undefined) return text("没有这个月的数据", "No figures of the month");
  const covered = servers.filter(isCovered).length;
  if (covered * 2 >= count) return text("没有可用的数值", "No usable figure");
  if (count === 1) return tooLittle(first);
  return text(
    `${count} 台中只有 ${covered} 台测得 ${LEAST_PERCENT}% 以上的时间，不到一半，不提建议`,
    `Of ${counted(count, "server")} only ${covered} ${covered === 1 ? "was" : "were"} measured for ${LEAST_PERCENT} % of the month or more, fewer than half: no advice`,
  );
}

/** The servers that a group's average leaves out. */
function singleServers({ id }: Declaration, { key, count }: ServerGroup, servers: GroupServers): NoAdvice[] {
  const byIndex = new Map(servers.map((usage) => [usage.index, usage]));
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((index) => {
    const usage = byIndex.get(index);
    if (usage !== undefined && isCovered(usage)) return [];
    const reason = usage === undefined ? text("没有这个月的数据", "No figures of the month") : tooLittle(usage);
    return [{ system: id, server: key, index, reason }];
  });
}

const LEAST_PERCENT = LEAST_COVERAGE.times(100).toFixed();

function tooLittle({ coverage }: ServerUsage): Text {
  const percent = limitedPercentWords(coverage.times(100), LEAST_PERCENT);
  return text(
    `只测得当月 ${percent}% 的时间，不足 ${LEAST_PERCENT}%，不提建议`,
    `Only ${percent} % of the month was measured, less than ${LEAST_PERCENT} %: no advice`,
  );
}

/** Figures of what nobody declared as a server to be sized. */
function notDeclared(declarations: readonly Declaration[], byGroup: UsageByGroup): NoAdvice[] {
  const byId = new Map(declarations.map((declaration) => [declaration.id, declaration]));
  return byGroup.all().flatMap((servers) =>
    servers.flatMap(({ system, server, index }) => {
      const reason = whyNot(byId.get(system), server, index);
      return reason === undefined ? [] : [{ system, server, index, reason }];
    }),
  );
}

function whyNot(declaration: Declaration | undefined, server: string, index: number): Text | undefined {
  if (declaration === undefined) return text("没有申请这个系统", "The system is not declared");
  if (!isProvided(declaration)) return text("系统已退出", "The system is retired");
  if (declaration.gpuServers.some(({ key }) => key === server))
    return text("GPU服务器是整机，规格固定，不在调整之列", "A GPU server is a whole machine of fixed size and is not resized");
  const group = declaration.servers.find(({ key }) => key === server);
  if (group === undefined) return text("没有申请这组服务器", "The server is not declared");
  return index > group.count ? text(`只申请了 ${group.count} 台`, `Only ${counted(group.count, "server")} declared`) : undefined;
}
