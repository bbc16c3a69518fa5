/** Actions: the list, one of them, a new one, importing. */

import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Missing } from "../../app/Fallbacks";
import { Waiting } from "../../ui/Waiting";
import { ActionList } from "./List";

const Detail = lazy(async () => ({ default: (await import("./Detail")).Detail }));
const Wizard = lazy(async () => ({ default: (await import("./wizard")).Wizard }));
const Import = lazy(async () => ({ default: (await import("./import")).Import }));

export default function Actions() {
  return (
    <Suspense fallback={<Waiting page />}>
      <Routes>
        <Route index element={<ActionList />} />
        <Route path="new" element={<Wizard />} />
        <Route path="import" element={<Import />} />
        <Route path=":slug" element={<Detail />} />
        <Route path=":slug/:tab" element={<Detail />} />
        <Route path="*" element={<Missing />} />
      </Routes>
    </Suspense>
  );
}
