/** Settings, connections: how outside systems are reached. */

import { Route, Routes } from "react-router";
import { ConnectionList } from "./List";
import { ExistingConnection, NewConnection } from "./One";

export default function Connections() {
  return (
    <Routes>
      <Route index element={<ConnectionList />} />
      <Route path="new" element={<NewConnection />} />
      <Route path=":slug" element={<ExistingConnection />} />
    </Routes>
  );
}
