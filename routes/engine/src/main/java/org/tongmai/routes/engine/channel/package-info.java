/** The component {@code canonical:}: feeds publish to canonical channels, delivering routes subscribe to them. */
package org.tongmai.routes.engine.channel;
