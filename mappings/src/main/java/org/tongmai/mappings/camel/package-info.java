/** Mappings as Camel data types, for {@code transformDataType} in a bundle's routes. The only package here with Camel. */
package org.tongmai.mappings.camel;
