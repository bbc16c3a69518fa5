/** Contacts: the list, and one of them. */

import { Route, Routes } from "react-router";
import { Missing } from "../../app/Fallbacks";
import List from "./List";
import One from "./One";

export default function Contacts() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":id" element={<One />} />
      <Route path="*" element={<Missing />} />
    </Routes>
  );
}
