/** Audiences: the list, and one of them. */

import { Route, Routes } from "react-router";
import { Missing } from "../../app/Fallbacks";
import List from "./List";
import One from "./One";

export default function Audiences() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":slug" element={<One />} />
      <Route path="*" element={<Missing />} />
    </Routes>
  );
}
