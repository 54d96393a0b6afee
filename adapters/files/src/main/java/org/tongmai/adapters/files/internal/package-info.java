/** What the kamelets of this adapter can not say in YAML. */
package org.tongmai.adapters.files.internal;
