import { describe, expect, test } from "vitest";
import { NAMED_PORTS } from "../../../catalog/terraform-plan/exposure/named-ports.ts";
import { noWorldOpenDatabasePort } from "../../../policies/exposure/no-world-open-database-port.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, printed } from "../subjects.ts";
import { appWith, built, listen, listening, tcp } from "./built.ts";
import { cases } from "./no-world-open-database-port.cases.ts";

testCases(noWorldOpenDatabasePort, cases);

const DATABASE_PORTS = NAMED_PORTS.filter(({ kind }) => kind === "database");

describe("Each port of the table is refused to the world and granted to a network:", () => {
  const ends = DATABASE_PORTS.flatMap(({ protocol, from, to, name }) => [...new Set([from, to])].map((port) => ({ protocol, port, name })));
  test.each(ends)("$protocol $port $name", ({ protocol, port }) => {
    expect(printed(noWorldOpenDatabasePort.check(built(appWith({ r: tcp(port, "0.0.0.0/0", { protocol }) }))))[0]).toMatch(/^violation /);
    expect(printed(noWorldOpenDatabasePort.check(built(appWith({ r: tcp(port, "10.0.9.0/28", { protocol }) }))))).toEqual(["pass"]);
  });

  test.each([1433, 1521, 3306, 5432, 5236, 54_321, 6379, 9200, 11_211, 27_017])("tcp %i is in it", (port) => {
    expect(DATABASE_PORTS.some(({ protocol, from, to }) => protocol === "tcp" && from <= port && port <= to)).toBe(true);
  });
});

test("The finding leads back to the line of listens that causes it, in both languages", () => {
  const system = listening([listen(443, { kind: "internet" }), listen(3306, { kind: "cidr", cidr: "0.0.0.0/0" })]);
  const finding = onlyFinding(noWorldOpenDatabasePort.check(built(appWith({ "in-tcp-3306-0-0-0-0-0": tcp(3306, "0.0.0.0/0") }), system)));
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "listens", 1] });
  expect(finding.message.zh).toBe("hrss--social-app-1 的数据库端口 tcp 3306（MySQL）向任何地址开放，应只向应用开放");
});
