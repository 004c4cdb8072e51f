import { bytesField, numberField, writeFields } from "./graphTree.ts";

/** A whole graph that gives all of its input as one row, however many pictures are in it: `[n, ...] -> [1, n * ...]`. */
export function flattenGraph(input: string, output: string): Buffer {
  const axis = writeFields([bytesField(1, "axis"), numberField(3, 0n), numberField(20, 2n)]);
  const node = [bytesField(1, input), bytesField(2, output), bytesField(4, "Flatten"), bytesField(5, axis)];
  const value = (name: string) => {
    // float32, of whatever shape.
    const type = writeFields([bytesField(1, writeFields([numberField(1, 1n)]))]);
    return writeFields([bytesField(1, name), bytesField(2, type)]);
  };
  const graph = [
    bytesField(1, writeFields(node)),
    bytesField(2, "flatten"),
    bytesField(11, value(input)),
    bytesField(12, value(output)),
  ];
  const operatorSet = writeFields([numberField(2, 13n)]);
  return writeFields([numberField(1, 8n), bytesField(7, writeFields(graph)), bytesField(8, operatorSet)]);
}
