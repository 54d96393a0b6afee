/** Readers of bodies and targets: each hands every name and value of its format to the inspection. */
package org.tongmai.routes.engine.gateway.screen.internal.body;
