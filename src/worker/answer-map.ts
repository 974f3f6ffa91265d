import type { MapReader } from "../engine/map/store-map.ts";
import type { MapQuestion, MapQuestions, MapTopic } from "../protocol/map.ts";

/** Puts a question of the page to the map. */
export function answerMap(
  reader: MapReader,
  question: MapQuestion,
): MapQuestions[MapTopic]["answer"] {
  switch (question.topic) {
    case "map":
      return reader.map;
    case "cells":
      return reader.cells(question.ask);
    case "cell":
      return reader.cell(question.ask);
    case "chunk":
      return reader.chunk(question.ask);
    case "runCount":
      return reader.runCount();
    case "runs":
      return reader.runs(question.ask);
    case "history":
      return reader.history(question.ask);
    case "historyRow":
      return reader.historyRow(question.ask);
  }
}
