/** Agents: the list, and one of them. */

import { Route, Routes } from "react-router";
import { Missing } from "../../app/Fallbacks";
import List from "./List";
import One from "./One";

export default function Agents() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":slug/:tab?" element={<One />} />
      <Route path="*" element={<Missing />} />
    </Routes>
  );
}
