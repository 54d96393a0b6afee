/** Golden tests of a bundle: the files in its folder {@code test}, and one runner for build, command line and deployment. */
package org.tongmai.routes.engine.bundle.sandbox.golden;
