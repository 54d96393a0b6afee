/**
 * A bundle run by Camel's own runner (the Camel CLI, {@code KameletMain}) without a platform: its routes as they are, with a
 * journal and channels that keep nothing.
 */
package org.tongmai.routes.engine.bundle.sandbox.standalone;
