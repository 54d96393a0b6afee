/** The component {@code journal:}, which the engine puts around a bundle's steps. */
package org.tongmai.routes.engine.journal.camel;
