import { useId } from "react";
import type { RaceThread } from "../../protocol/race.ts";
import { grouped } from "../../ui/format.ts";
import styles from "./GraphPanel.module.css";
import type { GraphNode, PathPoint } from "./progress-graph.ts";
import { share } from "./share.ts";

interface ProgressGraphProps {
  nodes: GraphNode[];
  steps: { i: number; c: number };
  path: PathPoint[];
  step: number;
  /** Whose step it was last. */
  thread: RaceThread | null;
  onPoint: (node: GraphNode | null) => void;
}

const WIDTH = 560;
const HEIGHT = 200;
const LEFT = 30;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 22;

/**
 * CS:APP's progress graph: I's steps to the right, C's upwards, a schedule is a path. The redder a
 * node, the more of the schedules through it end badly; a red edge is a step that seals it.
 */
export function ProgressGraph({ nodes, steps, path, step, thread, onPoint }: ProgressGraphProps) {
  const titleId = useId();
  const dx = (WIDTH - LEFT - RIGHT) / Math.max(steps.i, 1);
  const dy = (HEIGHT - TOP - BOTTOM) / Math.max(steps.c, 1);
  const x = ({ i }: PathPoint) => LEFT + i * dx;
  const y = ({ c }: PathPoint) => HEIGHT - BOTTOM - c * dy;
  const radius = Math.min(5.5, Math.max(1, Math.min(dx, dy) * 0.4));
  const all = nodes[0]?.reaching ?? 0n;
  const line = (points: PathPoint[]) => points.map((point) => `${x(point)},${y(point)}`).join(" ");
  const edges = nodes.flatMap((from) => {
    const { i, c, sealedByI, sealedByC } = from;
    const byI = sealedByI > 0n ? [{ from, to: { i: i + 1, c }, count: sealedByI }] : [];
    const byC = sealedByC > 0n ? [{ from, to: { i, c: c + 1 }, count: sealedByC }] : [];
    return [...byI, ...byC];
  });
  const here = path[step];
  return (
    <svg
      className={styles.graph}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-labelledby={titleId}
      onPointerLeave={() => onPoint(null)}
    >
      <title id={titleId}>
        Progress graph: {steps.i} steps of I to the right, {steps.c} of C upwards; {grouped(all)}{" "}
        schedules end so
      </title>
      {edges.map(({ from, to, count }) => (
        <line
          key={`${from.i} ${from.c} ${to.i}`}
          className={styles.seal}
          x1={x(from)}
          y1={y(from)}
          x2={x(to)}
          y2={y(to)}
          strokeWidth={1 + 4 * Math.sqrt(share(count, all))}
        />
      ))}
      {nodes.map((node) => {
        const bad = share(node.reaching, node.through);
        const never = node.through === 0n;
        return (
          <circle
            key={`${node.i} ${node.c}`}
            className={never ? styles.never : bad > 0 ? styles.bad : styles.dot}
            cx={x(node)}
            cy={y(node)}
            r={bad > 0 ? radius * (0.55 + 0.45 * bad) : radius * 0.45}
            fillOpacity={bad > 0 ? 0.35 + 0.65 * bad : 1}
            onPointerEnter={() => onPoint(node)}
          />
        );
      })}
      <polyline className={styles.planned} points={line(path)} />
      <polyline className={styles.taken} points={line(path.slice(0, step + 1))} />
      {here && (
        <circle
          className={`${styles.here} ${thread ? styles[thread] : styles.dot}`}
          cx={x(here)}
          cy={y(here)}
          r={Math.max(4, radius * 1.2)}
        />
      )}
      <text className={styles.axis} x={LEFT} y={HEIGHT - 5}>
        steps of I →
      </text>
      <text className={styles.axis} x={0} y={TOP + 6}>
        C ↑
      </text>
    </svg>
  );
}
