import { CustomChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([CustomChart, GridComponent, MarkAreaComponent, SVGRenderer]);

/** What a band asks for; its colour. */
export type BandTone = "quarter" | "half" | "keep" | "double" | "triple";

export interface ChartBand {
  /** Percent. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly tone: BandTone;
}

export interface ChartResource {
  readonly title: string;
  readonly bands: readonly ChartBand[];
}

/** Average, least and most of a server group, percent, with the average as it is printed; null where too little was measured. */
export type ChartFigure = { readonly average: number; readonly least: number; readonly most: number; readonly words: string } | null;

export interface ChartRow {
  readonly label: string;
  /** One for each resource. */
  readonly figures: readonly ChartFigure[];
}

const WIDTH = 1000;
const LABELS = 250;
const ROW = 24;
const TOP = 56;
const BOTTOM = 30;
/** In single quotes: it stands inside of attributes, which the library does not escape. */
const FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'Source Han Sans SC', sans-serif";
const INK = "#1f2933";
const FAINT = "#52606d";
/** Blue asks for less, orange for more; pale enough for dark ink, and told apart by the words above them too. */
const TONES: Readonly<Record<BandTone, string>> = {
  quarter: "#b6d4f2",
  half: "#dcebfa",
  keep: "#e3f1df",
  double: "#fde3c3",
  triple: "#f7c08e",
};

/** Draws usage against the bands as one SVG, a field for each resource and a line for each server group; the dot is the average, the bar the spread. */
export function usageChart(resources: readonly ChartResource[], rows: readonly ChartRow[], unmeasured: string): string {
  const height = TOP + rows.length * ROW + BOTTOM;
  const field = (WIDTH - LABELS - 20) / resources.length;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "#ffffff",
      textStyle: { fontFamily: FONT, color: INK },
      grid: resources.map((_, index) => ({ left: LABELS + index * field, width: field - 34, top: TOP, height: rows.length * ROW })),
      xAxis: resources.map(({ title }, gridIndex) => ({
        gridIndex,
        type: "value",
        min: 0,
        max: 100,
        interval: 10,
        name: title,
        nameLocation: "middle",
        nameGap: -(rows.length * ROW + 36),
        nameTextStyle: { fontWeight: "bold", fontSize: 13, color: INK },
        axisLabel: { formatter: "{value}%", color: FAINT, fontSize: 10, hideOverlap: true },
        splitLine: { show: false },
      })),
      yAxis: resources.map((_, gridIndex) => ({
        gridIndex,
        type: "category",
        inverse: true,
        data: rows.map(({ label }) => label),
        axisLabel: { show: gridIndex === 0, width: LABELS - 50, overflow: "truncate", color: INK, fontSize: 12, interval: 0 },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: "#9aa5b1" } },
      })),
      series: resources.map(({ bands }, index) => ({
        type: "custom",
        xAxisIndex: index,
        yAxisIndex: index,
        data: rows.map(({ figures }, row) => {
          const figure = figures[index] ?? null;
          return figure === null ? [row, null, null, null] : [row, figure.average, figure.least, figure.most];
        }),
        encode: { x: [1, 2, 3], y: 0 },
        renderItem: drawFigure((row) => rows[row]?.figures[index]?.words, unmeasured),
        markArea: {
          silent: true,
          data: bands.map(({ from, to, label, tone }) => [
            { xAxis: from, itemStyle: { color: TONES[tone] }, name: label, label: { position: "top", color: FAINT, fontSize: 11 } },
            { xAxis: to },
          ]),
        },
      })),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

interface DrawApi {
  value(dimension: number): number | string;
  coord(point: readonly [number, number]): [number, number];
}

/** Spread, average and its number for one server group. */
function drawFigure(wordsOf: (row: number) => string | undefined, unmeasured: string) {
  return (_: unknown, api: DrawApi) => {
    const row = Number(api.value(0));
    const [average, least, most] = [1, 2, 3].map((dimension) => Number(api.value(dimension)));
    const [left = 0, y = 0] = api.coord([0, row]);
    const words = (x: number, text: string, fill: string) => ({
      type: "text",
      style: { text, x, y, fill, font: `11px ${FONT}`, textVerticalAlign: "middle" },
    });
    const printed = wordsOf(row);
    if (printed === undefined || average === undefined) return words(left + 4, unmeasured, FAINT);
    const at = (percent: number | undefined) => api.coord([percent ?? average, row])[0];
    // Beside the spread: to its right, or where the field ends there, to its left.
    const isFarRight = (most ?? average) > 85;
    const number = words(isFarRight ? at(least) - 7 : at(most) + 7, `${printed}%`, INK);
    return {
      type: "group",
      children: [
        { type: "line", shape: { x1: at(least), x2: at(most), y1: y, y2: y }, style: { stroke: FAINT, lineWidth: 2 } },
        { type: "circle", shape: { cx: at(average), cy: y, r: 4 }, style: { fill: INK, stroke: "#ffffff", lineWidth: 1 } },
        isFarRight ? { ...number, style: { ...number.style, textAlign: "right" } } : number,
      ],
    };
  };
}
