import type { StoreReader } from "../client/held-store.ts";
import type { CheckOptions } from "../protocol/check.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import { CompareButton } from "../views/compare/CompareButton.tsx";
import { OptionsPopover } from "./OptionsPopover.tsx";
import { ReportMenu } from "./ReportMenu.tsx";

export interface StoreActionsProps {
  store: OpenedStore;
  options: CheckOptions;
  reader: StoreReader;
  onRecheck: (options: CheckOptions) => void;
}

/** In the top bar, what can be done with the open store whatever view it is looked at in. */
export function StoreActions({ store: { report }, options, reader, onRecheck }: StoreActionsProps) {
  return (
    <>
      <OptionsPopover report={report} options={options} onRecheck={onRecheck} />
      <CompareButton reader={reader} />
      <ReportMenu report={report} />
    </>
  );
}
