/** Procedures: the list, one of them, and its settings; the steps are edited in the editor. */

import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Missing } from "../../app/Fallbacks";
import { Waiting } from "../../ui/Waiting";
import List from "./List";

const Overview = lazy(() => import("./Overview"));
const Settings = lazy(() => import("./settings"));

export default function Procedures() {
  return (
    <Suspense fallback={<Waiting page />}>
      <Routes>
        <Route index element={<List />} />
        <Route path=":slug" element={<Overview />} />
        <Route path=":slug/settings/:tab?" element={<Settings />} />
        <Route path="*" element={<Missing />} />
      </Routes>
    </Suspense>
  );
}
