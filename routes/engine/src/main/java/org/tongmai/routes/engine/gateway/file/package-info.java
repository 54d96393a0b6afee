/** What a file is by its bytes, whatever its name or its sender says. */
package org.tongmai.routes.engine.gateway.file;
