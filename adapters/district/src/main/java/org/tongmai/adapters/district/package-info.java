/** District health platforms (区卫生平台): what they take, and a twin that imitates one. */
package org.tongmai.adapters.district;
