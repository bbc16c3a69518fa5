/** Tickets: the list, and one of them. */

import { Route, Routes } from "react-router";
import { Missing } from "../../app/Fallbacks";
import List from "./List";
import One from "./One";

export default function Tickets() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":number" element={<One />} />
      <Route path="*" element={<Missing />} />
    </Routes>
  );
}
