/** Nodes: who runs, who is alive, and who holds what only one may do. */
package org.tongmai.routes.engine.node;
